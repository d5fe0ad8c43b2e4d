import { type Feature, screen } from '../feature.ts';
import Compare from './compare/Compare.svelte';
import Models from './home/Models.svelte';
import Version from './version/Version.svelte';

const models: Feature = {
  title: { es: 'Modelos', en: 'Models' },
  order: 30,
  screens: [
    screen('/models', Models),
    screen('/models/compare/:one/:other', Compare),
    screen('/models/:id', Version),
  ],
};

export default models;
