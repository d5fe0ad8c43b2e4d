import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { judgePerson } from '../jobs/people/allowed.ts';
import { explainScores } from '../jobs/people/scores.ts';
import { writeAudit } from '../store/audit.ts';
import { holdOn } from '../store/keeping/holds.ts';
import { experimentsOf } from '../store/people/experiments.ts';
import { findPeople } from '../store/people/find.ts';
import { requirePerson } from '../store/people/known.ts';
import { missingTables } from '../store/people/missing.ts';
import * as read from '../store/people/person.ts';
import { readTimeline } from '../store/people/timeline.ts';
import { instant, isSimulated, workspaceToday } from '../store/workspace.ts';

const shown = [
  'customers',
  'accounts',
  'snapshots',
  'contact_permissions',
  'contact_points',
  'account_parties',
  'flags',
];

export const handlers = [
  handle(contract.people.search, async ({ context, principal, input }) => {
    const { text, late, sort, limit, offset } = input.query;
    const found = await findPeople(context.engine, {
      text,
      late: late === 'yes',
      sort,
      limit,
      offset,
      personal: principal.permissions.includes('personal:read'),
    });
    return { ...found, missing: await missingTables(context.engine, ['customers', 'accounts', 'snapshots']) };
  }),
  handle(contract.people.get, async ({ context, input }) => {
    const { customerId } = input.params;
    const { engine } = context;
    await requirePerson(context, customerId);
    const today = await workspaceToday(context);
    const customer = await read.readCustomer(engine, customerId);
    return {
      customerId,
      today,
      simulated: await isSimulated(engine),
      customerType: customer?.customer_type ?? null,
      jurisdiction: customer?.jurisdiction ?? null,
      timeZone: customer?.time_zone ?? null,
      language: customer?.language ?? null,
      customerSince: customer?.customer_since ?? null,
      personal: read.personalColumns.map(([column, { about }]) => ({
        column,
        title: about,
        held: (customer?.[column] ?? null) !== null,
      })),
      accounts: await read.readAccounts(engine, customerId),
      parties: await read.readParties(engine, customerId),
      permissions: await read.readPermissions(engine, customerId),
      points: read.maskedPoints(await read.readAddresses(engine, customerId)),
      flags: await read.readFlags(engine, customerId, today),
      experiments: await experimentsOf(context, customerId),
      hold: await holdOn(engine, customerId),
      missing: await missingTables(engine, shown),
    };
  }),
  handle(contract.people.timeline, async ({ context, input }) => {
    await requirePerson(context, input.params.customerId);
    return readTimeline(context.engine, input.params.customerId, await workspaceToday(context));
  }),
  handle(contract.people.scores, async ({ context, input }) => {
    await requirePerson(context, input.params.customerId);
    return { scores: await explainScores(context, input.params.customerId) };
  }),
  handle(contract.people.allowed, async ({ context, input }) => {
    await requirePerson(context, input.params.customerId);
    return judgePerson(context, input.params.customerId, input.query.at ?? null);
  }),
  handle(contract.people.reveal, async ({ context, principal, input }) => {
    const { customerId } = input.params;
    await requirePerson(context, customerId);
    const customer = await read.readCustomer(context.engine, customerId);
    const points = await read.readAddresses(context.engine, customerId);
    await writeAudit(context.engine, {
      at: instant(context.now()),
      by: principal.id,
      action: 'person.revealed',
      subject: customerId,
      details: { addresses: points.length },
    });
    return {
      points: points.map(({ channel, address }) => ({ channel, address })),
      personal: Object.fromEntries(
        read.personalColumns.map(([column]) => [column, customer?.[column] ?? null]),
      ),
    };
  }),
];
