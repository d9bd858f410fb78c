import type { ExtensionBrowser, Surface } from 'extension-driver';
import { type Place as FlowPlace, openPlace as openFlowPlace } from '../flows/places.ts';

/** Where a person signs in: as in the other flows, or in a tab of the extension's own. */
export type Place = FlowPlace | 'tab';

export const PLACES: Place[] = ['popup', 'panel', 'tab'];

export function openPlace(browser: ExtensionBrowser, place: Place): Promise<Surface> {
  return place === 'tab' ? browser.openPage('popup.html') : openFlowPlace(browser, place);
}
