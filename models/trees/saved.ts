import { z } from 'zod';
import { DomainError } from '#core/errors/domain-error.ts';

/** Raised whenever older programs could read a file wrongly. */
export const savedFormat = 1;

const whole = z.number().int();

/**
 * One tree. Node 0 is the root; a child below 0 is the leaf −1 − child. A node on a numeric column sends values up to
 * `cuts` left (null: every value); one on a categorical column sends the bins of `lists` left.
 */
const treeShape = z.object({
  columns: z.array(whole.min(0)),
  cuts: z.array(z.number().nullable()),
  lists: z.array(z.array(whole.min(0).max(255)).nullable()),
  missingLeft: z.array(z.boolean()),
  lefts: z.array(whole),
  rights: z.array(whole),
  values: z.array(z.number()).min(1),
  covers: z.array(z.number().min(0)),
});
export type SavedTree = z.output<typeof treeShape>;

/** Boosted trees as JSON: all that predicting, explaining and showing them needs. */
export const savedTrees = z
  .object({
    format: z.literal(savedFormat),
    objective: z.enum(['logistic', 'squared']),
    base: z.number(),
    columns: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('numeric'), name: z.string() }),
        z.object({ kind: z.literal('categorical'), name: z.string(), names: z.array(z.string()).max(254) }),
      ]),
    ),
    /** Gain of the splits on each column, summed. */
    gains: z.array(z.number()),
    trees: z.array(treeShape.refine(isWhole, 'it does not hang together')),
  })
  .refine(({ columns, gains }) => gains.length === columns.length, 'a column has no gain')
  .refine(
    ({ columns, trees }) =>
      trees.every((tree) =>
        tree.columns.every((column, i) => {
          const kind = columns[column]?.kind;
          return kind === 'numeric'
            ? tree.lists[i] === null
            : kind === 'categorical' && tree.lists[i] !== null;
        }),
      ),
    'a tree splits on a column that is not there',
  );
export type SavedTrees = z.output<typeof savedTrees>;

/** Every node and leaf hangs from exactly one node that comes before it. */
function isWhole(tree: SavedTree): boolean {
  const nodes = tree.columns.length;
  const leaves = tree.values.length;
  if (leaves !== nodes + 1 || tree.covers.length !== leaves) return false;
  for (const list of [tree.cuts, tree.lists, tree.missingLeft, tree.lefts, tree.rights])
    if (list.length !== nodes) return false;
  const hung = new Set<number>();
  for (let node = 0; node < nodes; node++)
    for (const child of [tree.lefts[node]!, tree.rights[node]!]) {
      if (hung.has(child) || child >= nodes || -child > leaves || (child >= 0 && child <= node)) return false;
      hung.add(child);
    }
  return nodes === 0 || hung.size === nodes - 1 + leaves;
}

/** @throws saved_model_format, saved_model_unreadable */
export function readTrees(saved: unknown): SavedTrees {
  const learner = 'boosted-trees';
  const format = z.object({ format: whole }).safeParse(saved);
  if (format.success && format.data.format !== savedFormat)
    throw new DomainError('saved_model_format', { learner, found: format.data.format, known: savedFormat });
  const read = savedTrees.safeParse(saved);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const reason = `${issue?.path.join('.') || 'file'}: ${issue?.message}`;
  throw new DomainError('saved_model_unreadable', { learner, reason });
}
