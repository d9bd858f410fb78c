export { type StartClerkOptions, startClerk } from './start-clerk';
