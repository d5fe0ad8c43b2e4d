import './api/zod-setup.ts';
import './ui/look/tokens.css';
import './ui/look/base.css';
import './ui/look/vega.css';
import './ui/look/print.css';
import { mount } from 'svelte';
import App from './App.svelte';

mount(App, { target: document.getElementById('app') as HTMLElement });
