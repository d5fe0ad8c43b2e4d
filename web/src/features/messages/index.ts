import { type Feature, screen } from '../feature.ts';
import Messages from './Messages.svelte';
import Template from './template/Template.svelte';
import Write from './write/Write.svelte';

const messages: Feature = {
  title: { es: 'Mensajes', en: 'Messages' },
  order: 45,
  screens: [
    screen('/messages', Messages),
    screen('/messages/new', Write),
    screen('/messages/:style/:template', Template),
  ],
};

export default messages;
