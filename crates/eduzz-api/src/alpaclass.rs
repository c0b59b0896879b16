//! Alpaclass: schools, students, deliveries.

mod create_team_student;
mod get_delivery;
mod list_deliveries;
mod list_delivery_courses;
mod list_team_student_enrollments;
mod list_team_students;
mod list_teams;

pub use create_team_student::CreateTeamStudent;
pub use get_delivery::GetDelivery;
pub use list_deliveries::ListDeliveries;
pub use list_delivery_courses::ListDeliveryCourses;
pub use list_team_student_enrollments::ListTeamStudentEnrollments;
pub use list_team_students::ListTeamStudents;
pub use list_teams::ListTeams;
