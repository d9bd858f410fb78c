import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readAuthState } from '../../shared/auth-state.ts';
import { paintPerson } from '../../ui/paint-person.ts';

export default defineUnlistedScript(() => {
  readAuthState()
    .then((state) => paintPerson(document, state?.user ?? null))
    // React shows the page in any case.
    .catch(() => {});
});
