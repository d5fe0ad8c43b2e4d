import type { ModelVersion } from '#core/contract/models/models.ts';
import type { Question } from '#models/question.ts';
import type { Context } from '../../context.ts';
import { readVersions } from '../../store/models/models.ts';

/** Approved versions that answer with a probability and whose learner is at hand, in the order of the registry. */
export async function watchedVersions(
  { engine, registry }: Context,
  model?: string,
): Promise<ModelVersion[]> {
  const versions = await readVersions(engine);
  return versions.filter((version) => {
    const question = registry.models.get(version.model) as unknown as Question | undefined;
    return (
      (model === undefined || version.model === model) &&
      version.approvedBy !== null &&
      (version.state === 'champion' || version.state === 'challenger') &&
      question !== undefined &&
      (question.kind ?? 'probability') === 'probability' &&
      registry.learners.has(version.learner)
    );
  });
}
