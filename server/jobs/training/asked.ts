import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Registry } from '../../registry.ts';
import { learnerOf, readParameters } from './plan.ts';

export type TrainBody = z.output<typeof contract.models.train.body>;

/** Learners to compare, once each in the order asked, with their options as they will be used. */
export function learnersAsked(
  registry: Registry,
  {
    learner,
    learners,
    options,
    optionsOf,
  }: Pick<TrainBody, 'learner' | 'learners' | 'options' | 'optionsOf'>,
): { id: string; options: unknown }[] {
  const ids = [...new Set(learners ?? [learner])];
  const stray = Object.keys(optionsOf).find((id) => !ids.includes(id));
  if (stray !== undefined)
    throw new DomainError('invalid_input', { problems: `optionsOf.${stray}: ${ids.join(', ')}` });
  return ids.map((id) => ({
    id,
    options: readParameters(
      learnerOf(registry, id).options,
      optionsOf[id] ?? (id === learner || ids.length === 1 ? options : {}),
      optionsOf[id] ? `optionsOf.${id}` : 'options',
    ),
  }));
}
