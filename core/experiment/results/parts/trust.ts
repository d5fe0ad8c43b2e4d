import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import type { Text } from '../../../text/text.ts';
import { stageCheck } from '../../monitoring/stages.ts';
import type { Gathered } from '../gathered.ts';
import { integer, say } from '../words/say.ts';

const stageTitles: Record<Gathered['stages'][number]['stage'], Text> = {
  assigned: { es: 'Entraron', en: 'Entered' },
  cleared: { es: 'Pasaron las reglas de contacto', en: 'Passed the contact rules' },
  exported: { es: 'Salieron', en: 'Exported' },
  delivered: { es: 'Recibieron el mensaje', en: 'Got the message' },
  outcomes: { es: 'Con resultado', en: 'With an outcome' },
};

/** Arms by several channels reach different people without anything being wrong: delivery then only warns. */
const channelsDiffer = ({ design }: Gathered): boolean =>
  new Set(design.arms.flatMap(({ touches }) => touches.map(({ channel }) => channel))).size > 1;

export interface Trust {
  lost: ExperimentResults['lost'];
  checks: ExperimentResults['checks'];
  /** Ids of checks that make the comparison invalid, and how they are said. */
  invalid: string[];
  failed: Text[];
}

function lostAt({ stage, cells }: Gathered['stages'][number]): ExperimentResults['lost'][number] {
  const check = stageCheck(cells);
  return {
    stage,
    title: stageTitles[stage],
    counts: check.counts,
    pValue: check.pValue,
    withinP: check.withinP,
    tone: check.trust,
  };
}

const lostCheck = (stage: ExperimentResults['lost'][number]): ExperimentResults['checks'][number] => ({
  id: `lost:${stage.stage}`,
  tone: stage.tone,
  title: say(
    stage.tone === 'good'
      ? { es: '{stage}: los brazos perdieron personas por igual', en: '{stage}: arms lost people alike' }
      : {
          es: '{stage}: los brazos perdieron personas de forma distinta',
          en: '{stage}: arms lost people unlike',
        },
    (locale) => ({ stage: stage.title[locale] }),
  ),
  pValue: [stage.pValue, stage.withinP].filter((p) => p !== null).sort((a, b) => a - b)[0] ?? null,
});

/**
 * What may make the comparison untrue: counts at assignment that are not the plan's, people lost unlike between stages
 * (p under .001 invalidates, under .01 warns; of arms by several channels, delivery only warns), and people in two arms, which the plan excludes or lets fail.
 */
export function trustIn(gathered: Gathered): Trust {
  const { design, notAsPlanned, contaminated } = gathered;
  const lost = gathered.stages
    .map(lostAt)
    .map((stage) =>
      stage.stage === 'delivered' && stage.tone === 'bad' && channelsDiffer(gathered)
        ? { ...stage, tone: 'warn' as const }
        : stage,
    );
  const mixed = contaminated > 0;
  const checks: ExperimentResults['checks'] = [
    {
      id: 'as_planned',
      tone: notAsPlanned.length ? 'bad' : 'good',
      title: notAsPlanned.length
        ? say(
            {
              es: 'Asignadas distinto del plan: {arms}',
              en: 'Assigned otherwise than planned: {arms}',
            },
            (locale) => ({
              arms: notAsPlanned
                .map(
                  ({ arm, planned, assigned }) =>
                    `${arm} ${integer(locale, assigned)} / ${integer(locale, planned)}`,
                )
                .join(', '),
            }),
          )
        : { es: 'Asignadas exactamente como el plan', en: 'Assigned exactly as planned' },
      pValue: null,
    },
    ...lost.filter(({ stage }) => stage !== 'assigned').map(lostCheck),
    {
      id: 'contamination',
      tone: !mixed ? 'good' : design.contamination === 'fail' ? 'bad' : 'warn',
      title: mixed
        ? say(
            {
              es: '{n, plural, one {# persona está} other {# personas están}} en más de un brazo: {rule, select, fail {la comparación falla} other {quedan fuera}}',
              en: '{n, plural, one {# person is} other {# people are}} in more than one arm: {rule, select, fail {the comparison fails} other {they are left out}}',
            },
            { n: contaminated, rule: design.contamination },
          )
        : { es: 'Nadie está en más de un brazo', en: 'Nobody is in more than one arm' },
      pValue: null,
    },
  ];
  const bad = checks.filter(({ tone }) => tone === 'bad');
  return { lost, checks, invalid: bad.map(({ id }) => id), failed: bad.map(({ title }) => title) };
}
