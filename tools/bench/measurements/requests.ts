import { createFigure, type Figure, type FigureInput } from '../figure.ts';
import { clearSessionStorage } from '../page-functions.ts';
import type { Plan } from '../plan.ts';
import { ask, type Contestant, type Stand } from '../stand.ts';

/** Frontend API requests for a crowd of asks that meet a stopped background all at once. */
export async function measureRequests({ emulator, contestants }: Stand, { crowd }: Plan): Promise<Figure[]> {
  const { control } = emulator;
  await control.configure({ latencyMs: 0 });
  const { ours, guide } = contestants;
  const count = async (who: Contestant, prepare: () => Promise<void>) => {
    await ask(who);
    await who.browser.stopBackground();
    await prepare();
    await control.clearRequests();
    await ask(who, { atOnce: crowd });
    return (await control.requests()).length;
  };

  const withToken = await count(ours, async () => {});
  const asAfterStart = await count(ours, () => ours.page.evaluate(clearSessionStorage));
  const byGuide = await count(guide, async () => {});
  const figure = (input: Pick<FigureInput, 'id' | 'name' | 'ours'>) =>
    createFigure({
      unit: 'requests',
      against: ['guide', [byGuide]],
      goal: { kind: 'at-most', value: 3 },
      ...input,
    });
  const asks = `${crowd.toLocaleString('en')} get-token at once on a stopped background`;
  return [
    figure({ id: 'requests-stored', name: `requests for ${asks}, a token stored`, ours: [withToken] }),
    figure({ id: 'requests-none', name: `requests for ${asks}, nothing stored`, ours: [asAfterStart] }),
  ];
}
