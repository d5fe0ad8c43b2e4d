import { type Feature, screen } from '../feature.ts';
import Batch from './Batch.svelte';
import Exports from './Exports.svelte';
import Run from './Run.svelte';

const exportsFeature: Feature = {
  title: { es: 'Exportaciones', en: 'Exports' },
  order: 60,
  screens: [screen('/exports', Exports), screen('/exports/batches/:id', Batch), screen('/exports/:id', Run)],
};

export default exportsFeature;
