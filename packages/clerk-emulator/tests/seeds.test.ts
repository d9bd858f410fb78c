// @vitest-environment node
import { expect, it } from 'vitest';
import { client, emulator, withCheckedEmulator } from './support/checked.ts';
import { organizations, people, signInAs } from './support/organizations.ts';

withCheckedEmulator();

it('has people whose roles are crossed in two organizations, also after a reset', async () => {
  const { ada, charles } = people();
  for (const round of ['at the start', 'after a reset']) {
    const [globex, initech] = await emulator.control.listOrganizations();
    expect(globex, round).toMatchObject({
      organizationId: organizations().globex,
      slug: 'globex',
      plan: 'pro',
    });
    expect(globex?.members, round).toEqual([
      { userId: ada.userId, role: 'org:admin' },
      { userId: charles.userId, role: 'org:member' },
    ]);
    expect(initech?.members, round).toEqual([
      { userId: charles.userId, role: 'org:admin' },
      { userId: ada.userId, role: 'org:member' },
    ]);
    await emulator.control.deleteOrganization('globex');
    await emulator.control.reset();
  }
});

it('has somebody who is invited to one and told of the other', async () => {
  await emulator.control.configure({ organizations: true });
  const { other } = await signInAs('mary');
  const [invitation] = (await other.call('/me/organization_invitations')).json.response.data;
  const [suggestion] = (await other.call('/me/organization_suggestions')).json.response.data;
  expect(invitation.public_organization_data.slug).toBe('globex');
  expect(suggestion.public_organization_data.slug).toBe('initech');
  expect((await other.call('/me')).json.response.organization_memberships).toEqual([]);
});

it('has the first person in no organization where there are none', async () => {
  expect(emulator.seededUser).toEqual(people().ada);
  const sessionId = await client.signIn();
  const { response } = (await client.call('/me')).json;
  expect(response).toMatchObject({ first_name: 'Ada', organization_memberships: [] });
  const claims = await client.claims(sessionId);
  expect(claims).not.toHaveProperty('o');
  expect(claims).toMatchObject({ sub: people().ada.userId, pla: 'u:free_user' });
});
