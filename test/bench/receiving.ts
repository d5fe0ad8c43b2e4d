import { brazeTaker } from '../support/receiver/braze.ts';
import { hubspotTaker } from '../support/receiver/hubspot.ts';
import { startReceiver, type Take } from '../support/receiver/receiver.ts';
import { sendgridTaker } from '../support/receiver/sendgrid.ts';

/** A willing receiver in a process of its own: prints its address and goes on until it is ended. */
const [kind = '', names = ''] = process.argv.slice(2);
const takers: Record<string, () => Take> = {
  braze: () => brazeTaker().take,
  hubspot: () => hubspotTaker({ calls: 1_000_000, windowMs: 10_000 }).take,
  sendgrid: () => sendgridTaker(names.split(',')).take,
};
const receiver = await startReceiver({
  take: takers[kind]?.() ?? (({ response }) => void response.writeHead(204).end()),
});
process.stdout.write(`${receiver.url}\n`);
