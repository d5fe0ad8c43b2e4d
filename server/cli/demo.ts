import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Locale } from '#core/text/text.ts';
import { readConfig } from '../config.ts';
import { type Connection, connect } from './connection.ts';
import { runLine } from './demo-line.ts';
import { type DemoPlan, plans } from './demo-plans.ts';
import { phrase } from './phrases.ts';

interface DemoOptions {
  file?: string;
  recipe?: string;
  workspace?: string;
  accounts?: string;
  seed?: string;
  json?: boolean;
}

function planOf(options: DemoOptions): DemoPlan {
  if (options.file) return plans.fromFile(resolve(options.file), options.recipe ?? 'ensayo');
  return plans.simulated({ accounts: options.accounts, seed: options.seed });
}

/** `ensayo demo`: the whole line, from a load to an exported assignment, in a workspace of its own. */
export function addDemo(program: Command, locale: Locale): void {
  program
    .command('demo')
    .description(
      locale === 'es'
        ? 'La línea entera, de la carga a la exportación'
        : 'The whole line, from load to export',
    )
    .option('--file <file>')
    .option('--recipe <name>')
    .option('--accounts <number>')
    .option('--seed <number>')
    .option('--workspace <folder>')
    .option('--json')
    .action(async (options: DemoOptions) => {
      const plan = planOf(options);
      const workspace = resolve(options.workspace ?? mkdtempSync(join(tmpdir(), 'ensayo-demo-')));
      const connection = await connect(readConfig({ workspace }));
      try {
        await tell(connection, plan, workspace, locale, options.json ?? false);
      } finally {
        await connection.close();
      }
    });
}

async function tell(
  connection: Connection,
  plan: DemoPlan,
  workspace: string,
  locale: Locale,
  json: boolean,
): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const report = await runLine(connection, plan, ({ name, seconds, rows }) =>
    say(phrase('demoStep', locale, { name, seconds, rows })),
  );
  say(phrase('demoFolder', locale, { folder: workspace }));
  if (json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const { model, experiment, export: sent } = report;
  const lines = [
    phrase('demoModel', locale, {
      called: model.identification === 'current_policy' ? 'policy' : 'alone',
      auc: model.auc,
      lower: model.aucLower,
      upper: model.aucUpper,
      baseline: model.baselineAuc,
    }),
    experiment.sentence[locale],
    phrase('demoExport', locale, { rows: sent.rows, excluded: sent.excluded, manifest: sent.manifest }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
