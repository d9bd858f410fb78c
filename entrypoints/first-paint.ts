import { defineUnlistedScript } from '#imports';
import { readAuthState } from '../packages/wxt-clerk/src/shared/auth-state';
import { paintPerson } from '../packages/wxt-clerk/src/ui/paint-person';

export default defineUnlistedScript(() => {
  readAuthState()
    .then((state) => paintPerson(document, state?.user ?? null))
    // React shows the page in any case.
    .catch(() => {});
});
