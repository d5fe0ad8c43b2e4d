import { z } from 'zod';
import type { Text } from '../text/text.ts';
import type { Permission } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Shape = z.ZodObject<z.ZodRawShape>;

/**
 * One thing a program can ask of Ensayo, as data. The server's handlers, the web client, the command line and
 * the OpenAPI document are all made from these objects.
 */
export interface Endpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** Unique, `resource.verb`; the operationId of OpenAPI. */
  id: string;
  method: Method;
  /** Under /api/v1, with {name} for each member of `params`. */
  path: string;
  /** null: open to anybody who reaches the server. */
  permission: Permission | null;
  params: P;
  query: Q;
  /** z.undefined() where there is none. */
  body: B;
  response: R;
  summary: Text;
  /** json; job: answers 202 with a job; stream: answers bytes as they are made; upload: takes bytes, answers json. */
  kind: 'json' | 'job' | 'stream' | 'upload';
  /** The words after `ensayo` that call it from a shell; an upload is given its file next. */
  command?: string;
  /** The field of the query or body that a shell gives as the first word after those, instead of as an option. */
  argument?: string;
}

type Given<P extends Shape, Q extends Shape, B extends z.ZodType, R extends z.ZodType> = Pick<
  Endpoint,
  'id' | 'method' | 'path' | 'permission' | 'summary'
> & {
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  kind?: Endpoint['kind'];
  command?: string;
  argument?: string;
};

const nothing = z.object({});
export type Nothing = typeof nothing;

export const endpoint = <
  R extends z.ZodType,
  P extends Shape = Nothing,
  Q extends Shape = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  given: Given<P, Q, B, R>,
): Endpoint<P, Q, B, R> => ({
  params: nothing as unknown as P,
  query: nothing as unknown as Q,
  body: z.undefined() as unknown as B,
  kind: 'json',
  ...given,
});

type Empty<S extends Shape> = z.input<S> extends Record<string, never> ? true : false;

/** What a caller may pass: parts that are empty may be left out. */
export type Input<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _R>
    ? (Empty<P> extends true ? { params?: undefined } : { params: z.input<P> }) & {
        query?: z.input<Q>;
      } & (B extends z.ZodUndefined ? { body?: undefined } : { body: z.input<B> })
    : never;

/** What a handler receives: validated, with defaults filled in. */
export type Parsed<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _R>
    ? { params: z.output<P>; query: z.output<Q>; body: z.output<B> }
    : never;

export type Output<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? z.output<R> : never;
