import { useClerk } from '@clerk/chrome-extension';
import { formText } from '../../shared/i18n';
import { NoticeBox } from '../NoticeBox';

/** What says which ways to sign in an instance has (clerk-js 6.40.0). */
interface Environment {
  userSettings?: { authenticatableSocialStrategies: string[]; enabledFirstFactorIdentifiers: string[] };
}

/** Where an instance has nothing but providers, and the build no single sign-on: what the developer has to do. */
export function ProvidersOff() {
  const clerk = useClerk() as unknown as { clerkjs?: { __internal_environment?: Environment } };
  if (!hasOnlyProviders(clerk.clerkjs?.__internal_environment)) return null;
  return (
    <NoticeBox inline>
      <p>{formText('providersOff')}</p>
    </NoticeBox>
  );
}

/** Has an instance no way to sign in but its providers? */
export function hasOnlyProviders(environment: Environment | null | undefined): boolean {
  const { authenticatableSocialStrategies = [], enabledFirstFactorIdentifiers = [] } =
    environment?.userSettings ?? {};
  return authenticatableSocialStrategies.length > 0 && enabledFirstFactorIdentifiers.length === 0;
}
