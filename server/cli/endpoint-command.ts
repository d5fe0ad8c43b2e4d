import { existsSync, readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { z } from 'zod';
import type { CallInput } from '#core/contract/client.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { type Job, job } from '#core/contract/jobs.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Locale } from '#core/text/text.ts';
import { type CommonOptions, common, connectFrom, runJob } from './common.ts';
import { show } from './show.ts';

interface Property {
  name: string;
  place: 'query' | 'body';
  type: string | undefined;
  /** One text or several. */
  several: boolean;
  description: string | undefined;
}

const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function propertiesOf(schema: z.ZodType, place: Property['place']): Property[] {
  if (schema instanceof z.ZodUndefined) return [];
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string; anyOf?: { type?: string }[]; description?: string }>;
  };
  return Object.entries(json.properties ?? {}).map(([name, { type, anyOf, description }]) => ({
    name,
    place,
    type,
    several: anyOf?.map((one) => one.type).join() === 'string,array',
    description,
  }));
}

/** The command of `a b` under `program`, with `a` made on the way when it is missing. */
function nested(program: Command, words: readonly string[]): Command {
  return words.reduce((parent, word) => {
    const found = parent.commands.find((command) => command.name() === word);
    if (found) return found;
    const made = new Command(word)
      .enablePositionalOptions()
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    parent.addCommand(made);
    return made;
  }, program);
}

/**
 * Makes a command of an endpoint: path parameters in order, every other field an option, or all by --input. A field
 * that takes several texts is what is named without an option, or its option again and again. An upload is given its
 * file first; the file's ending is the format where none is said.
 */
export function addEndpointCommand(program: Command, endpoint: Endpoint, locale: Locale): void {
  const command = nested(program, (endpoint.command ?? '').split(' ')).description(endpoint.summary[locale]);
  const properties = [...propertiesOf(endpoint.query, 'query'), ...propertiesOf(endpoint.body, 'body')];
  const list = properties.find(({ several }) => several)?.name;
  const named = [endpoint.argument ?? list ?? []].flat();
  const sent = endpoint.kind === 'upload' ? [fileToSend] : [];
  const positions = [...sent, ...Object.keys(endpoint.params.shape), ...named];
  for (const name of positions) command.argument(name === list ? `[${name}...]` : `<${name}>`);
  for (const { name, type, several, description } of properties.filter(
    (one) => one.several || !named.includes(one.name),
  )) {
    const option = new Option(
      type === 'boolean' ? `--${flagOf(name)}` : `--${flagOf(name)} <value>`,
      description,
    );
    command.addOption(several ? option.argParser(collect) : option);
  }
  if (properties.some(({ place }) => place === 'body')) command.option('--input <file>');
  const open = takesMore(endpoint.query);
  if (open)
    command.option('--param <name=value>', '', collect, []).allowUnknownOption().allowExcessArguments();
  common(command);
  command.action(async (...given: unknown[]) => {
    const options = given[positions.length] as GivenOptions;
    const placed = Object.fromEntries(
      positions
        .map((name, i) => [name, given[i]])
        .filter(([, value]) => !Array.isArray(value) || value.length),
    );
    const params = Object.fromEntries(
      Object.entries(placed).filter(([name]) => name in endpoint.params.shape),
    );
    const input = gather(properties, { ...options, ...placed }, list);
    if (open) Object.assign(input.query ?? {}, readMore(command.args.slice(positions.length), options.param));
    const file = placed[fileToSend];
    if (typeof file !== 'string') return run(endpoint, { params, ...input }, options, locale);
    const query = { ...formatOf(endpoint, file), ...input.query };
    return run(endpoint, { params, query }, options, locale, readBytes(file));
  });
}

const fileToSend = 'file';

/** The format that the ending of a file names, where the endpoint knows it. */
function formatOf({ query }: Endpoint, file: string): { format?: string } {
  const format = extname(file).slice(1).toLowerCase();
  return query.shape.format && z.safeParse(query.shape.format, format).success ? { format } : {};
}

/** @throws load_file_missing */
function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new DomainError('load_file_missing', { file }, { cause: error });
  }
}

type GivenOptions = CommonOptions & Record<string, unknown> & { input?: string; param?: string[] };

/** Whether fields that the schema does not name are taken too. */
const takesMore = (schema: z.ZodType): boolean =>
  typeof z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).additionalProperties === 'object';

const collect = (value: string, before: string[] = []): string[] => [...before, value];
const nameOf = (flag: string): string =>
  flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Fields the command has no option for: `--name value`, `--name=value` or `--param name=value`. */
function readMore(words: readonly string[], pairs: readonly string[] = []): Record<string, string> {
  const more: Record<string, string> = {};
  const take = (pair: string) => {
    const [name = '', ...rest] = pair.split('=');
    if (name === '' || rest.length === 0)
      throw new DomainError('usage', { problem: `name=value: "${pair}"` });
    more[nameOf(name)] = rest.join('=');
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const next = words[i + 1];
    if (!word.startsWith('--')) throw new DomainError('usage', { problem: `"${word}"?` });
    if (word.includes('=')) take(word);
    else {
      if (next === undefined) throw new DomainError('usage', { problem: `${word}: …` });
      take(`${word}=${next}`);
      i++;
    }
  }
  for (const pair of pairs) take(pair);
  return more;
}

function gather(
  properties: readonly Property[],
  options: Record<string, unknown> & { input?: string },
  files: string | undefined,
): CallInput {
  const input: { query: Record<string, unknown>; body: Record<string, unknown> } = {
    query: {},
    body: options.input ? (readJson(options.input) as Record<string, unknown>) : {},
  };
  for (const { name, place, type, several } of properties) {
    const value = options[name];
    if (value === undefined) continue;
    if (several) {
      input[place][name] = name === files ? (value as string[]).map(fromHere) : value;
      continue;
    }
    input[place][name] = isPlain(type) ? value : parseJson(name, String(value));
  }
  return properties.some(({ place }) => place === 'body') ? input : { query: input.query };
}

/** A path of this folder, whole: what runs the command may stand in another one. */
const fromHere = (text: string): string =>
  existsSync(resolve(text)) || (/[*?[]/.test(text) && text.includes('/') && !text.includes('://'))
    ? resolve(text)
    : text;

const plain = new Set(['string', 'number', 'integer', 'boolean']);
const isPlain = (type: string | undefined): boolean => type !== undefined && plain.has(type);

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('usage', { problem: `--${flagOf(name)}: not JSON: "${text.slice(0, 80)}"` });
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    throw new DomainError('usage', {
      problem: `--input ${file}: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

async function run(
  endpoint: Endpoint,
  input: CallInput,
  options: CommonOptions,
  locale: Locale,
  bytes?: Uint8Array,
): Promise<void> {
  const works = endpoint.kind === 'job' || bytes !== undefined;
  const connection = await connectFrom(options, works, locale);
  try {
    if (endpoint.kind === 'stream') {
      for await (const piece of connection.stream(endpoint, input)) process.stdout.write(piece);
      return;
    }
    const answer = await (bytes
      ? connection.upload(endpoint, input, bytes)
      : connection.call(endpoint, input));
    const isJob = endpoint.kind === 'job' || (bytes && job.safeParse(answer).success);
    const result = isJob ? await runJob(connection, answer as Job, locale) : answer;
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : show(result));
  } finally {
    await connection.close();
  }
}
