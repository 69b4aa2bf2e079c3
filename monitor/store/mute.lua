-- Add or end a mute, and write it into the audit; queue a notice of its end.
--
-- KEYS  mutes, audit, what the mute has hidden; for a notice: alerts stream, counters, the notice's ledger line
-- ARGV  action ("added", "ended", "ran_out"), id of the mute, its record, by whom; the notice
-- Returns 1 when it was done, 0 when there was nothing to do
local mutes, log, hidden, alerts, counters, ledger = unpack(KEYS)
local action, id, record, by, notice = unpack(ARGV)
local count = redis.call('HLEN', hidden)
if action == 'added' then
  if redis.call('HSETNX', mutes, id, record) == 0 then return 0 end
else
  if redis.call('HDEL', mutes, id) == 0 then return 0 end
  redis.call('DEL', hidden)
end
redis.call('XADD', log, 'MAXLEN', '~', 100000, '*', 'action', action, 'by', by, 'mute', record, 'hidden', count)
if notice and redis.call('HSETNX', ledger, 'state', 'new') == 1 then
  redis.call('XADD', alerts, '*', 'alert', notice)
  redis.call('HINCRBY', counters, 'alerts.in', 1)
end
return 1
