import type { RegisteredVersion } from '#core/contract/models/models.ts';
import type { BinnedColumn } from '#core/contract/models/scorecards.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { HandBins } from '#core/scorecard/bins.ts';
import type { Fine } from '#core/scorecard/edit.ts';
import { totalOf } from '#core/scorecard/evidence.ts';
import { ident, join, raw, sql } from '#core/sql/sql.ts';
import {
  type CellRow,
  type FineColumn,
  fineOf,
  selectFineTallies,
} from '#models/scorecard/binning/fine-tallies.ts';
import { mergeCells } from '#models/scorecard/binning/merge.ts';
import { type ScorecardOptions, scorecardOptions } from '#models/scorecard/options.ts';
import { type SavedScorecard, savedScorecard, type Term } from '#models/scorecard/saved.ts';
import type { Context } from '../../context.ts';
import { readSavedVersion, readVersion } from '../../store/models/models.ts';
import { remembered } from '../../store/remembered.ts';
import { trainingSetOf } from './again.ts';
import { familyOf } from './plan.ts';

export interface Scorecard {
  version: Omit<RegisteredVersion, 'expired' | 'history'>;
  saved: SavedScorecard;
  options: ScorecardOptions;
  /** Parameters of the question it answers. */
  parameters: Record<string, unknown>;
}

/** @throws not_found, not_a_scorecard */
export async function readScorecard(context: Context, versionId: string): Promise<Scorecard> {
  const version = await readVersion(context.engine, versionId);
  const { model, parameters } = await readSavedVersion(context.engine, versionId);
  const saved = savedScorecard.safeParse(model.fitted);
  if (version.learner !== 'scorecard' || !saved.success)
    throw new DomainError('not_a_scorecard', { versionId: versionId.slice(0, 10), learner: version.learner });
  const options = scorecardOptions.parse(version.card.learner.options ?? {});
  return { version, saved: saved.data, options, parameters };
}

const binsOf = ({ bins }: Term): HandBins =>
  bins.kind === 'numeric' ? { cuts: bins.cuts } : { groups: bins.groups };

/** The bins the version's options make of a column it does not use. */
function optionBins(fine: Fine, options: ScorecardOptions, column: string): HandBins {
  const total = totalOf([...fine.cells, fine.missing]);
  const limits = { maxBins: options.maxBins, threshold: options.cutThreshold };
  const minRows = options.minBinShare * total.n;
  if (fine.kind === 'numeric') {
    const direction = options.monotone[column] ?? 'none';
    const ends = mergeCells(fine.cells, { ...limits, minRows, direction });
    return { cuts: ends.slice(0, -1).map((end) => fine.edges[end]!) };
  }
  const rate = (cell: { n: number; events: number }) => cell.events / cell.n;
  const ordered = fine.cells.filter(({ n }) => n >= minRows / 2).toSorted((a, b) => rate(a) - rate(b));
  const ends = mergeCells(ordered, { ...limits, minRows: minRows / 2, direction: 'none' });
  const groups = ends.map((end, i) =>
    ordered
      .slice(i === 0 ? 0 : ends[i - 1]! + 1, end + 1)
      .map(({ name }) => name)
      .sort(),
  );
  return groups.length > 0 ? { groups } : { groups: [fine.cells.map(({ name }) => name).slice(0, 1)] };
}

/**
 * Columns of a scorecard with their bins and fine cells on the rows it learnt from.
 *
 * @param asked names; none: those it uses
 * @throws not_found, not_a_scorecard, column_not_offered, data_changed
 */
export async function readBins(
  context: Context,
  versionId: string,
  asked: readonly string[],
): Promise<{ scorecard: Scorecard; columns: BinnedColumn[] }> {
  const scorecard = await readScorecard(context, versionId);
  const { version, saved, options } = scorecard;
  const { card } = version;
  const terms = new Map(saved.terms.map((term) => [term.bins.column, term]));
  const names = asked.length > 0 ? [...new Set(asked)] : [...terms.keys()];
  const offered = new Map(card.features.map((feature) => [feature.name, feature]));
  const families = new Map(
    [...new Set(card.features.map(({ family }) => family))].map((id) => [id, familyOf(context.registry, id)]),
  );
  const columns = names.map((name): FineColumn => {
    const feature = offered.get(name);
    const kind = families.get(feature?.family ?? '')?.family.columns.find((one) => one.name === name)?.kind;
    if (!feature || !kind)
      throw new DomainError('column_not_offered', { versionId: versionId.slice(0, 10), column: name });
    const term = terms.get(name);
    return { name, kind, bins: term ? binsOf(term) : undefined };
  });
  const only = new Set(names.map((name) => offered.get(name)?.family ?? ''));
  const cells = await remembered(context.engine, `bins ${versionId} ${names.join()}`, () =>
    readCells(context, versionId, card.validation.trainedOn, columns, only),
  );
  return {
    scorecard,
    columns: columns.map((column, at) => {
      const fine = fineOf(
        column,
        cells.filter(({ column_at }) => column_at === at),
      );
      const term = terms.get(column.name);
      return {
        name: column.name,
        title: offered.get(column.name)!.title,
        used: term !== undefined,
        coefficient: term?.coefficient ?? null,
        standardError: term && Number.isFinite(term.standardError) ? term.standardError : null,
        fine,
        bins: column.bins ?? optionBins(fine, options, column.name),
      } as BinnedColumn;
    }),
  };
}

async function readCells(
  context: Context,
  versionId: string,
  trainedOn: readonly string[],
  columns: readonly FineColumn[],
  families: ReadonlySet<string>,
): Promise<CellRow[]> {
  const { engine } = context;
  const { dialect } = engine;
  const set = await trainingSetOf(context, versionId, families);
  const weighed = set.text.includes(' AS row_weight');
  const named = join(columns.map(({ name }) => ident(name)));
  const days = join(trainedOn.map((date) => dialect.date(date)));
  const rows = sql`SELECT row_target, ${weighed ? raw('row_weight') : raw('1e0 AS row_weight')}, ${named}
  FROM (${set}) s WHERE row_day IN (${days})`;
  return engine.rows<CellRow>(selectFineTallies(dialect, rows, columns));
}
