import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { readCureRate } from '../store/waiting/rate.ts';
import { readWaitTable } from '../store/waiting/table.ts';

export const handlers = [
  handle(contract.waiting.table, ({ context, input }) => readWaitTable(context, input.query)),
  handle(contract.waiting.rate, ({ context }) => readCureRate(context.engine)),
];
