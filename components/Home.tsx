import { type ComponentType, lazy, Suspense } from 'react';
import { AccountCard, PageShell } from 'wxt-clerk/ui';

// Not before the person is shown.
const AdminSection = lazy(() => import('./AdminSection'));

// What the examples add to this page, each from its own folder. Delete this with the examples.
const exampleActions = import.meta.glob<ComponentType>('../entrypoints/*/HomeAction.tsx', {
  eager: true,
  import: 'HomeAction',
});
const exampleSections = Object.entries(
  import.meta.glob<{ default: ComponentType }>('../examples/*/extension/HomeSection.tsx'),
).map(([path, load]) => ({ path, ExampleSection: lazy(load) }));

/** What popup and panel show to who is signed in: the place for your product. */
export function Home() {
  return (
    <PageShell>
      <AccountCard>
        {Object.entries(exampleActions).map(([path, ExampleAction]) => (
          <ExampleAction key={path} />
        ))}
      </AccountCard>
      <Suspense>
        <AdminSection />
      </Suspense>
      {exampleSections.map(({ path, ExampleSection }) => (
        <Suspense key={path}>
          <ExampleSection />
        </Suspense>
      ))}
    </PageShell>
  );
}
