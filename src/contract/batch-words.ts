/** Words of signing many contracts at once. */
import { defineWords } from '../web/i18n.ts';

export const batchWords = defineWords('batch', {
  title: ['Sign many contracts', '批量签署合同'],
  lead: [
    'Your browser fetches every chosen contract, compares it with what will be signed, and your key signs all of them with one word. Each contract can be checked alone.',
    '浏览器会逐份读取所选合同并与待签内容比对，您的密钥一次签署全部合同，每份合同均可单独验证。',
  ],
  none: ['Nothing waits for your signature', '没有待您签署的合同'],
  noneMeans: ['When workers have signed, their contracts come here.', '工人签署后，合同会出现在这里。'],
  toContracts: ['To the contracts', '前往合同列表'],
  choose: ['Sign', '选择'],
  worker: ['Worker', '工人'],
  kind: ['Kind', '类型'],
  validity: ['Valid', '有效期'],
  read: ['Read', '查看'],
  result: ['Result', '结果'],
  submit: ['Sign {{count}} contracts', '签署 {{count}} 份合同'],
  reading: ['Compared {{done}} of {{all}}', '已比对 {{done}} / {{all}}'],
  signing: ['Confirm with your passkey.', '请用通行密钥确认。'],
  signed: ['Signed', '已签署'],
  differs: [
    'A contract is not what it should be. Nothing was signed; open it alone and look.',
    '有合同与待签内容不一致，未签署任何合同，请单独打开查看。',
  ],
});
