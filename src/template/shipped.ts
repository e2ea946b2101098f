/** The templates that ship with the product, read once. */
import amendment from '../../templates/contracts/amendment.md';
import confidentiality from '../../templates/contracts/confidentiality.md';
import fixedTermLabour from '../../templates/contracts/fixed-term-labour.md';
import internship from '../../templates/contracts/internship.md';
import newForm from '../../templates/contracts/new-form-agreement.md';
import partTimeLabour from '../../templates/contracts/part-time-labour.md';
import service from '../../templates/contracts/service-agreement.md';
import termination from '../../templates/contracts/termination.md';
import { shippedTemplate } from './parse.ts';
import type { Template } from './template.ts';

export interface Shipped {
  readonly template: Template;
  readonly text: string;
}

/** In the order in which they are offered. */
export const shipped: readonly Shipped[] = [
  service,
  partTimeLabour,
  fixedTermLabour,
  newForm,
  internship,
  confidentiality,
  amendment,
  termination,
].map((text) => ({ text, template: shippedTemplate(text) }));
