import type { PhoneNumber } from '../state/users.ts';
import { verificationJson } from './verification.ts';

/** One of a user's phone numbers. */
export function phoneNumberJson(phone: PhoneNumber) {
  return {
    object: 'phone_number',
    id: phone.id,
    phone_number: phone.phoneNumber,
    reserved_for_second_factor: phone.isSecondFactor,
    default_second_factor: phone.isDefaultSecondFactor,
    reserved: false,
    verification: phone.verification && verificationJson(phone.verification),
    linked_to: [],
    backup_codes: null,
    created_at: phone.createdAt,
    updated_at: phone.updatedAt,
  };
}
