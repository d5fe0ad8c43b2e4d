import { format, type Text, type TextValues } from '../../text/text.ts';
import type { Probe, QualityCheck, Severity } from './check.ts';

export interface Finding {
  id: string;
  severity: Severity;
  passed: boolean;
  title: Text;
  finding: Text;
  table: string;
  column: string | null;
  rows: number;
  /** Share of the rows looked at. */
  share: number;
}

/** The figures a probe gave; whatever is not `affected` or `looked_at` goes into the words. */
export type Figures = { affected: number; looked_at: number } & TextValues;

/** Judges one probe of a check: whether it passed, how severe it is, and the finding in words. */
export function judge(check: QualityCheck, probe: Probe, figures: Figures): Finding {
  const share = figures.looked_at > 0 ? figures.affected / figures.looked_at : 0;
  const above = (limit: number | undefined) => limit !== undefined && figures.affected > 0 && share > limit;
  const serious = above(check.seriousAbove);
  const passed = !serious && !above(check.remarkAbove);
  const severity = serious ? 'serious' : check.remarkAbove === undefined ? 'info' : 'remark';
  const values = {
    ...figures,
    of: figures.looked_at,
    share,
    table: probe.table,
    column: probe.column,
  };
  const words = figures.affected > 0 ? check.found : check.clean;
  return {
    id: check.id,
    severity,
    passed,
    title: check.title,
    finding: { es: format(words, 'es', values), en: format(words, 'en', values) },
    table: probe.table,
    column: probe.column,
    rows: figures.affected,
    share,
  };
}

/** Share of rows above which a remark makes the data usable instead of good. */
export const goodUpTo = 0.05;

/** poor: something serious was found; usable: a remark concerns more than 5 % of its rows; good: neither. */
export function verdictOf(findings: readonly Finding[]): 'good' | 'usable' | 'poor' {
  const failed = findings.filter((finding) => !finding.passed);
  if (failed.some((finding) => finding.severity === 'serious')) return 'poor';
  return failed.some((finding) => finding.share > goodUpTo) ? 'usable' : 'good';
}
