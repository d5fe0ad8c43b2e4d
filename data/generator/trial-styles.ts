import { type Sql, sql } from '#core/sql/sql.ts';
import { byCode, num } from './draw.ts';
import { model, styles } from './model.ts';
import { layer } from './scope.ts';
import { c } from './tables/shared.ts';

interface Answers {
  /** Added to the log hazard of curing, as `model.responders` says of the styles of the past. */
  effect: number;
  optOut: number;
  complaint: number;
}

type Kind = 'loss_aversion' | 'social_proof' | 'any_reminder' | 'nobody' | 'averse';

/**
 * What people answer to styles that the past policy never used and a trial may: by kind of responder. Modest beside the two styles
 * of the past, with nothing for whom nothing works and less annoyance where the text is plain or offers help.
 */
export const trialStyles = {
  reciprocity: {
    loss_aversion: { effect: 0.25, optOut: 0.002, complaint: 0.0004 },
    social_proof: { effect: 0.3, optOut: 0.002, complaint: 0.0004 },
    any_reminder: { effect: 0.6, optOut: 0.0015, complaint: 0.0003 },
    nobody: { effect: 0, optOut: 0.003, complaint: 0.0005 },
    averse: { effect: 0.15, optOut: 0.006, complaint: 0.0015 },
  },
  commitment: {
    loss_aversion: { effect: 0.35, optOut: 0.003, complaint: 0.0006 },
    social_proof: { effect: 0.35, optOut: 0.003, complaint: 0.0005 },
    any_reminder: { effect: 0.7, optOut: 0.002, complaint: 0.0004 },
    nobody: { effect: 0, optOut: 0.005, complaint: 0.0007 },
    averse: { effect: -0.15, optOut: 0.014, complaint: 0.004 },
  },
  simplification: {
    loss_aversion: { effect: 0.25, optOut: 0.0025, complaint: 0.0004 },
    social_proof: { effect: 0.25, optOut: 0.0025, complaint: 0.0004 },
    any_reminder: { effect: 0.65, optOut: 0.002, complaint: 0.0003 },
    nobody: { effect: 0, optOut: 0.0035, complaint: 0.0005 },
    averse: { effect: 0, optOut: 0.01, complaint: 0.0025 },
  },
} as const satisfies Record<string, Record<Kind, Answers>>;

/** Every style that simulated people answer to in their own way; the past ones first, by the numbers they have there. */
export const answeredStyles = [...styles, ...(Object.keys(trialStyles) as (keyof typeof trialStyles)[])];

/** Adds what each of `trialStyles` does to a person, as columns beside those of the past styles. */
export function withTrialStyles(people: Sql): Sql {
  const columns = Object.values<Record<string, Answers>>(trialStyles).flatMap((answers, i) => {
    const of = (kind: keyof Answers): Sql =>
      byCode(
        c('responder'),
        model.responders.map(({ name }) => num(answers[name]?.[kind] ?? 0)),
      );
    const number = styles.length + i;
    return [
      [`effect${number}`, sql`CASE reacts WHEN 0 THEN 0e0 WHEN 1 THEN effect0 ELSE ${of('effect')} END`],
      [`opt_out${number}`, of('optOut')],
      [`complaint${number}`, of('complaint')],
    ] as const;
  });
  return layer(people, Object.fromEntries(columns));
}
