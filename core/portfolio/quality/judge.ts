import { format, type Locale, type Text, type TextValues } from '../../text/text.ts';
import type { Probe, QualityCheck, Remedy, Severity } from './check.ts';
import { columnWords, inLocale, tableWords } from './words.ts';

export interface Finding {
  id: string;
  severity: Severity;
  passed: boolean;
  title: Text;
  finding: Text;
  affects: Text;
  advice: Text;
  remedy: Remedy;
  table: string;
  column: string | null;
  rows: number;
  lookedAt: number;
  /** Place among findings of the same severity. */
  order: number;
}

/** The figures a probe gave; whatever is not `affected` or `looked_at` goes into the words. */
export type Figures = { affected: number; looked_at: number } & TextValues;

const shareOf = ({ affected, looked_at }: Figures): number => (looked_at > 0 ? affected / looked_at : 0);

function severityOf(check: QualityCheck, probe: Probe, figures: Figures): [Severity, passed: boolean] {
  if ('severity' in probe) return [probe.severity, probe.severity === 'info' || figures.affected === 0];
  const above = (limit: number | undefined) =>
    limit !== undefined && figures.affected > 0 && shareOf(figures) > limit;
  if (above(check.seriousAbove)) return ['serious', false];
  return [check.remarkAbove === undefined ? 'info' : 'remark', !above(check.remarkAbove)];
}

const nothing: Text = { es: '', en: '' };

/** Judges one probe of a check: whether it passed, how severe it is, and in words what was found and what to do. */
export function judge(id: string, check: QualityCheck, probe: Probe, figures: Figures): Finding {
  const [severity, passed] = severityOf(check, probe, figures);
  const write = (words: Text): Text => {
    const one = (locale: Locale) =>
      format(words, locale, {
        ...figures,
        ...inLocale(
          {
            table: tableWords(probe.table),
            column: probe.column === null ? null : columnWords(probe.table, probe.column),
            ...probe.words,
          },
          locale,
        ),
        of: figures.looked_at,
        share: shareOf(figures),
      });
    return { es: one('es'), en: one('en') };
  };
  const found = figures.affected > 0;
  return {
    id,
    severity,
    passed,
    title: check.text.title,
    finding: write(found ? check.found : check.clean),
    affects: found ? write(check.affects) : nothing,
    advice: found ? write(check.advice) : nothing,
    remedy: check.remedy,
    table: probe.table,
    column: probe.column,
    rows: figures.affected,
    lookedAt: figures.looked_at,
    order: check.order,
  };
}

/** Share of rows above which a remark makes the data usable instead of good. */
export const goodUpTo = 0.05;

const rank: Record<Severity, number> = { serious: 0, remark: 1, info: 2 };

/** Most important first: what failed before what passed, then by severity, by the check's place, by rows. */
export const byImportance = (a: Finding, b: Finding): number =>
  Number(a.passed) - Number(b.passed) ||
  rank[a.severity] - rank[b.severity] ||
  a.order - b.order ||
  b.rows - a.rows ||
  `${a.table}.${a.column}`.localeCompare(`${b.table}.${b.column}`);

/** poor: something serious was found; usable: a remark concerns more than 5 % of its rows; good: neither. */
export function verdictOf(findings: readonly Finding[]): 'good' | 'usable' | 'poor' {
  const failed = findings.filter((finding) => !finding.passed);
  if (failed.some((finding) => finding.severity === 'serious')) return 'poor';
  const large = failed.some(({ rows, lookedAt }) => lookedAt > 0 && rows / lookedAt > goodUpTo);
  return large ? 'usable' : 'good';
}
