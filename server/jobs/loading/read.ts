import { join } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Recipe } from '#core/portfolio/recipe.ts';
import type { Inspection } from '../../sources/source.ts';
import { findSameLoad } from '../../store/loading/loads.ts';
import type { StepRun } from '../job.ts';
import { isRead, planParts } from './plan.ts';
import { askedFor, findFiles, findRecipe, type LoadRequest, scratchOf, sourceNamed } from './request.ts';

/** What the read step leaves for the next ones. */
export interface ReadOutput {
  request: LoadRequest;
  /** The recipe as it was when the load began. */
  recipe: Recipe;
  recipeHash: string;
  files: (Inspection & { source: string })[];
  /** The live load that holds the same files already. */
  same: number | null;
}

/** Reads every file through once: hash, header, encoding, wholeness; and matches it with the recipe. */
export async function readFiles<Input>(step: StepRun<Input>, request: LoadRequest): Promise<ReadOutput> {
  const { context } = step;
  const { recipe, hash } = await findRecipe(context, request.recipe, request);
  const found = await findFiles(context, request.file);
  const wanted = found.filter((file) => isRead(recipe, file.name));
  const files: ReadOutput['files'] = [];
  for (const [index, file] of wanted.entries()) {
    const inspection = await sourceNamed(context, file.source).inspect({
      engine: context.engine,
      path: file.path,
      name: file.name,
      options: recipe.source,
      scratch: join(scratchOf(context, step.jobId), `file-${index}`),
      onBytes: () => {
        step.checkCancelled();
        step.progress(index / wanted.length, file.name);
      },
    });
    files.push({ ...inspection, source: file.source });
  }
  planParts(recipe, files, askedFor(request));
  const hashes = files.map((file) => file.sha256);
  const twice = files.find((file, i) => hashes.indexOf(file.sha256) !== i);
  if (twice) throw new DomainError('load_file_repeated', { file: twice.name });
  return { request, recipe, recipeHash: hash, files, same: await findSameLoad(context.engine, hash, hashes) };
}
