import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fault, faults, play, seeded } from './faults.ts';

/** What a receiver does with a whole call: takes its rows in and answers. `silent`: it answers nothing, for it is about to fail. */
export type Take = (call: {
  request: IncomingMessage;
  body: string;
  response: ServerResponse;
  silent: boolean;
}) => Promise<void> | void;

export interface ReceiverOptions {
  take: Take;
  /** One call in so many goes wrong, by a seeded draw; 0: none. */
  failOneIn?: number;
  /** Calls that never go wrong, by their body. */
  spares?: (body: string) => boolean;
  faults?: readonly Fault[];
  seed?: number;
}

export interface LocalReceiver {
  url: string;
  calls: number;
  faulted: Map<Fault, number>;
  close(): Promise<void>;
  server: Server;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** A server of this machine that stands for a receiver and fails as it is told to. */
export async function startReceiver(given: ReceiverOptions): Promise<LocalReceiver> {
  const draw = seeded(given.seed ?? 1);
  const kinds = given.faults ?? faults;
  const server = createServer(async (request, response) => {
    try {
      const body = await bodyOf(request);
      receiver.calls += 1;
      const fails = given.failOneIn && !given.spares?.(body) && draw() < 1 / given.failOneIn;
      const fault = fails ? (kinds[Math.floor(draw() * kinds.length)] ?? null) : null;
      if (fault) receiver.faulted.set(fault, (receiver.faulted.get(fault) ?? 0) + 1);
      await play(fault, request, response, (silent) => given.take({ request, body, response, silent }));
    } catch {
      request.socket.destroy();
    }
  });
  const receiver: LocalReceiver = {
    url: '',
    calls: 0,
    faulted: new Map(),
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}
