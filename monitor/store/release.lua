-- Queue the alert that tells at once what was held for a channel, and drop what was held.
--
-- KEYS  held groups, the group, alerts stream, counters, the alert's ledger line
-- ARGV  name of the group, its version when it was read, the alert ("" if the group held nothing)
-- Returns 1 when it was done, 0 when the group has changed or is gone
local held, group, alerts, counters, ledger = unpack(KEYS)
local name, version, alert = unpack(ARGV)
if (redis.call('HGET', group, '') or '') ~= version then return 0 end
if redis.call('ZREM', held, name) == 0 then return 0 end
redis.call('DEL', group)
if alert ~= '' and redis.call('HSETNX', ledger, 'state', 'new') == 1 then
  redis.call('XADD', alerts, '*', 'alert', alert)
  redis.call('HINCRBY', counters, 'alerts.in', 1)
end
return 1
