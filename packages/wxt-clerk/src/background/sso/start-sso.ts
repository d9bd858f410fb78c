import { ssoMessages } from '../../messages/sso-messages';
import { SHORTEST_ALARM_MINUTES, setAlarm } from '../../shared/alarm';
import { readSsoAttempt, writeSsoAttempt } from '../../shared/sso-attempt';
import { ssoCallbackUrl } from '../../shared/sso-callback';
import type { AuthService } from '../auth-service';
import { systemClock } from '../clock';
import type { FrontendApi } from '../frontend-api';
import { listenToCallback, mayHearCallback } from './callback';
import { providerWindow } from './provider-window';
import { createSsoApi } from './sso-api';
import { createSsoService } from './sso-service';

/** Puts single sign-on on the real browser. To be called in the background's first turn. */
export function startSso(api: FrontendApi, auth: Pick<AuthService, 'refresh'>) {
  const sso = createSsoService({
    api: createSsoApi(api, systemClock),
    window: providerWindow,
    attempts: { read: readSsoAttempt, write: writeSsoAttempt },
    callbackUrl: ssoCallbackUrl,
    mayHearCallback,
    refresh: auth.refresh,
    scheduleResume: () => setAlarm('signIn', SHORTEST_ALARM_MINUTES),
  });
  listenToCallback((callback) => void sso.heard(callback));
  return { messages: ssoMessages(sso), resume: sso.resume, abandon: sso.abandon };
}
