import { type Feature, screen } from '../feature.ts';
import Card from './Card.svelte';
import Models from './Models.svelte';

const models: Feature = {
  title: { es: 'Modelos', en: 'Models' },
  order: 30,
  screens: [screen('/models', Models), screen('/models/:id', Card)],
};

export default models;
