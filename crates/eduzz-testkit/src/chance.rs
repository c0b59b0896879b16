//! Numbers that follow from a seed, for tests that draw what happens.

/// A generator of numbers: the same seed gives the same ones.
#[derive(Debug)]
pub struct Chance(pub u64);

impl Chance {
    /// A number below this one.
    ///
    /// # Panics
    ///
    /// It is zero.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// From 1 to this number.
    ///
    /// # Panics
    ///
    /// It is zero.
    pub fn at_most(&mut self, most: usize) -> usize {
        usize::try_from(self.below(u64::try_from(most).unwrap())).unwrap() + 1
    }
}
