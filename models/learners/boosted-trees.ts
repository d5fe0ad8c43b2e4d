import type { Learner } from '../learner.ts';
import { fitTrees } from '../trees/fit.ts';
import { treesModel } from '../trees/model.ts';
import { type TreeOptions, treeOptions } from '../trees/options.ts';
import { readTrees } from '../trees/saved.ts';

/**
 * Histogram gradient boosting with second-order gains (Friedman 2001; Chen and Guestrin 2016), grown leaf by leaf over
 * quantile bins (Ke et al., LightGBM, 2017). Missing goes the way that gains most; a split that saw none missing sends
 * it with the heavier side. A category too rare to learn from, or never seen, is "other". Infinite values count as
 * the largest and smallest.
 */
const boostedTrees: Learner<TreeOptions> = {
  text: {
    title: { es: 'Árboles potenciados', en: 'Boosted trees' },
    summary: {
      es: 'Muchos árboles pequeños que se corrigen uno a otro; encuentra curvas y combinaciones por sí solo',
      en: 'Many small trees, each correcting the last; finds curves and combinations by itself',
    },
  },
  options: treeOptions,
  objectives: ['logistic', 'squared'],
  propose: (random, around) => ({
    ...around,
    learningRate: 0.02 * 8 ** random(),
    leaves: Math.round(4 * 16 ** random()),
    minRows: Math.round(5 * 40 ** random()),
    l2: 0.1 * 1000 ** random(),
    columnShare: 0.4 + 0.6 * random(),
    rowShare: 0.5 + 0.5 * random(),
  }),
  fit: fitTrees,
  restore: (saved) => treesModel(readTrees(saved)),
};
export default boostedTrees;
