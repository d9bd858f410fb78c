import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readAuthState } from '../../shared/auth-state.ts';
import { loadScripts } from '../../ui/load-scripts.ts';
import { paintUser } from '../../ui/paint-user.ts';

export default defineUnlistedScript(() => {
  // Known only while the script itself runs. Nothing in development mode, where the page has its scripts.
  const paths = document.currentScript?.dataset.then?.split(' ') ?? [];
  readAuthState()
    .then((state) => paintUser(document, state?.user ?? null, state?.sessions))
    // React shows the page in any case.
    .catch(() => {})
    .then(() => loadScripts(document, paths));
});
