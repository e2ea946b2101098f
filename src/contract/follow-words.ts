/** The words of what follows a contract. */
import { defineWords } from '../web/i18n.ts';

export const followWords = defineWords('contract-follow', {
  title: ['Change, renew or end', '变更、续签或解除'],
  lead: [
    'Each is a document of its own, which both sign; the contract in force stays as it is.',
    '均另立文件，由双方签署；原合同保持不变。',
  ],
  amend: ['Amend', '变更'],
  'amend-means': [
    'Say for each change what it is, the old and the new, and from when.',
    '逐项写明变更事项、原约定、变更后的约定和生效日期。',
  ],
  'amend-from': ['In force from', '生效日期'],
  renew: ['Renew', '续签'],
  'renew-means': ['A new contract that takes over from its first day.', '订立新合同，自其首日起取代原合同。'],
  'renew-from': ['First day', '开始日期'],
  end: ['End by agreement', '协商解除'],
  'end-means': ['Both agree on the last day and on what is still owed.', '双方约定最后一日和结清事项。'],
  'end-from': ['Last day', '最后一日'],
  secrecy: ['Confidentiality', '保密'],
  'secrecy-means': ['An agreement on secrets beside the contract.', '在原合同之外订立保密协议。'],
  'secrecy-from': ['In force from', '生效日期'],
  until: ['Last day', '结束日期'],
  untilHint: ['Empty: as the engagement says.', '不填则按用工关系。'],
  offer: ['Send it for signing', '发送签署'],
  notInForce: [
    'Only a contract that both have signed, and that nothing has replaced or ended, can be followed.',
    '只有双方已签署、未被取代且未解除的合同才能办理。',
  ],
  back: ['Back to the contract', '返回合同'],
  open: ['Change, renew or end it', '变更、续签或解除'],
});
