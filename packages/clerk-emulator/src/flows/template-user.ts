import type { Core } from '../core.ts';
import { imageUrl } from '../resources/user.ts';
import { fullName, isVerified, type User } from '../state/users.ts';

/** What `user.…` stands for in a JWT template. Times are in Unix seconds, as in all claims. */
export function templateUser(core: Core, user: User) {
  const email = user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId);
  const phone = user.phoneNumbers.find(({ id }) => id === user.primaryPhoneNumberId);
  const seconds = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1000));
  return {
    id: user.id,
    external_id: null,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    full_name: fullName(user) || null,
    primary_email_address: email?.emailAddress ?? null,
    primary_phone_number: phone?.phoneNumber ?? null,
    phone_number_verified: phone !== undefined && isVerified(phone),
    email_verified: email !== undefined && isVerified(email),
    image_url: imageUrl(core, user),
    has_image: user.profileImage !== null,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    created_at: seconds(user.createdAt),
    updated_at: seconds(user.updatedAt),
    last_sign_in_at: seconds(user.lastSignInAt),
  };
}
