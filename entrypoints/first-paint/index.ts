import { defineUnlistedScript } from '#imports';
import { readAuthState } from '../../utils/auth-state';
import { paintPerson } from './paint-person';

export default defineUnlistedScript(() => {
  readAuthState()
    .then((state) => paintPerson(document, state?.user ?? null))
    // React shows the page in any case.
    .catch(() => {});
});
