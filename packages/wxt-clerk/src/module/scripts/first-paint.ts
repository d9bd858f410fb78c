import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readAuthState } from '../../shared/auth-state.ts';
import { paintUser } from '../../ui/paint-user.ts';

export default defineUnlistedScript(() => {
  readAuthState()
    .then((state) => paintUser(document, state?.user ?? null))
    // React shows the page in any case.
    .catch(() => {});
});
