import type { Command } from 'commander';
import { RemoteError } from '#core/contract/client.ts';
import type { DueScore } from '#core/contract/models/models.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Locale } from '#core/text/text.ts';
import { type CommonOptions, common, connectFrom, runJob } from './common.ts';
import type { Connection } from './connection.ts';
import { describeFailure, type Shown } from './failure.ts';
import { show } from './show.ts';

/** What became of one champion in a night. */
export interface NightlyLine {
  model: string;
  versionId: string;
  did: 'scored' | 'nothing to do' | 'waits for scores made elsewhere' | 'failed';
  rows: number | null;
  code: string | null;
  message: string | null;
}
export interface NightlyReport {
  /** Null on a workspace without data. */
  asOf: string | null;
  champions: NightlyLine[];
  monitoring: 'done' | 'nothing new' | 'failed';
  /** What texts of experiments under way rest on, counted again. */
  texts: 'so' | 'paused' | 'failed';
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof DomainError ? error.code : error instanceof RemoteError ? error.problem.code : undefined;

/**
 * Scores every champion on the last snapshot unless its scores are of the data of today, then looks at how versions
 * hold up if anything was scored. Each is a job of its own: one that fails keeps no other back, and a second run does
 * only what is left.
 */
export async function runNightly(connection: Connection, locale: Locale): Promise<NightlyReport> {
  const due = await connection.client.scores.due({}).catch((error: unknown) => {
    if (codeOf(error) === 'no_snapshots') return null;
    throw error;
  });
  const texts = await recheck(connection, locale);
  if (!due) return { asOf: null, champions: [], monitoring: 'nothing new', texts };
  const champions: NightlyLine[] = [];
  for (const one of due.champions) champions.push(await scoreOne(connection, one, due.asOf, locale));
  const scored = champions.some(({ did }) => did === 'scored');
  const monitoring = scored ? await watch(connection, locale) : 'nothing new';
  return { asOf: due.asOf, champions, monitoring, texts };
}

async function scoreOne(
  connection: Connection,
  { model, versionId, state }: DueScore,
  asOf: string,
  locale: Locale,
): Promise<NightlyLine> {
  const line = { model, versionId, rows: null, code: null, message: null };
  if (state === 'current') return { ...line, did: 'nothing to do' };
  if (state === 'pushed_elsewhere') return { ...line, did: 'waits for scores made elsewhere' };
  try {
    const job = await connection.client.scores.create({ body: { versionId, model, asOf } });
    const { rows } = (await runJob(connection, job, locale)) as { rows: number };
    return { ...line, did: 'scored', rows };
  } catch (error) {
    const { code, message }: Shown = describeFailure(error, locale);
    return { ...line, did: 'failed', code, message };
  }
}

async function watch(connection: Connection, locale: Locale): Promise<NightlyReport['monitoring']> {
  try {
    await runJob(connection, await connection.client.monitoring.make({ body: {} }), locale);
    return 'done';
  } catch (error) {
    if (codeOf(error) === 'nothing_to_monitor') return 'nothing new';
    process.stderr.write(`${describeFailure(error, locale).message}\n`);
    return 'failed';
  }
}

async function recheck(connection: Connection, locale: Locale): Promise<NightlyReport['texts']> {
  try {
    const { paused } = (await runJob(connection, await connection.client.messages.recheck(), locale)) as {
      paused: unknown[];
    };
    return paused.length ? 'paused' : 'so';
  } catch (error) {
    process.stderr.write(`${describeFailure(error, locale).message}\n`);
    return 'failed';
  }
}

/** `ensayo nightly`: exit code 0 when all that was due is scored, 1 when something failed. */
export function addNightly(program: Command, locale: Locale, failed: (code: number) => void): void {
  const command = program
    .command('nightly')
    .description(
      locale === 'es'
        ? 'Puntúa las versiones vigentes si los datos cambiaron, las vigila y vuelve a contar las cifras de los textos en uso'
        : 'Scores the champions if the data changed, monitors them and counts the figures of texts in use again',
    );
  common(command).action(async (options: CommonOptions) => {
    const connection = await connectFrom(options, true, locale);
    try {
      const report = await runNightly(connection, locale);
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : show(report));
      if (
        report.monitoring === 'failed' ||
        report.texts === 'failed' ||
        report.champions.some(({ did }) => did === 'failed')
      )
        failed(1);
    } finally {
      await connection.close();
    }
  });
}
