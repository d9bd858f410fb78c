export { type ClerkOptions, startClerk } from './start-clerk';
