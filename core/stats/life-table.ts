/** How many were followed to a period and what ended it: the event, a competing one, or the end of sight. */
export interface Ending {
  /** Whole periods from the start, from 1; a censored one may end at 0. */
  period: number;
  kind: 'event' | 'competing' | 'censored';
  n: number;
}

export interface LifePeriod {
  period: number;
  atRisk: number;
  events: number;
  competing: number;
  censored: number;
  /** Chance of the event in the period for those who reached it. */
  hazard: number;
  /** Chance of the event by the end of the period, others ending it first (Aalen and Johansen 1978). */
  incidence: number;
  /** One less the Kaplan–Meier survival, which takes competing events for censoring: never below `incidence`. */
  kaplanMeier: number;
  /** Chance of not being censored before the period's events: Kaplan–Meier of the censoring. */
  inSight: number;
}

/**
 * Discrete-time life table with competing events and censoring. Within a period events come before censoring. A row
 * that ended in period u stands for 1 / inSight(u) rows; so weighted, the share of events among rows whose ending is
 * known by the last period equals `incidence` there (Robins and Rotnitzky 1992; Satten and Datta 2001).
 *
 * @param periods how many; rows alive at the end of the last one are to be given as censored there
 */
export function lifeTable(endings: readonly Ending[], periods: number): LifePeriod[] {
  const count = (period: number, kind: Ending['kind']) =>
    endings.reduce((sum, one) => sum + (one.period === period && one.kind === kind ? one.n : 0), 0);
  let atRisk = endings.reduce((sum, { n }) => sum + n, 0) - count(0, 'censored');
  let inSight = atRisk + count(0, 'censored') > 0 ? atRisk / (atRisk + count(0, 'censored')) : 0;
  let alive = 1;
  let survival = 1;
  let incidence = 0;
  const table: LifePeriod[] = [];
  for (let period = 1; period <= periods; period++) {
    const [events, competing, censored] = [
      count(period, 'event'),
      count(period, 'competing'),
      count(period, 'censored'),
    ];
    const hazard = atRisk > 0 ? events / atRisk : 0;
    incidence += alive * hazard;
    alive *= atRisk > 0 ? 1 - (events + competing) / atRisk : 1;
    survival *= 1 - hazard;
    table.push({
      period,
      atRisk,
      events,
      competing,
      censored,
      hazard,
      incidence,
      kaplanMeier: 1 - survival,
      inSight,
    });
    const still = atRisk - events - competing;
    inSight *= still > 0 ? 1 - censored / still : 1;
    atRisk = still - censored;
  }
  return table;
}
