-- Queue an alert that comes from no item, unless it ever was queued.
--
-- KEYS  ledger line, alerts stream, held alerts, counters
-- ARGV  when it may go out (milliseconds, 0 for at once), the alert
-- Returns 1 when it was queued, 0 when it was before
local ledger, alerts, held, counters = unpack(KEYS)
local due, alert = unpack(ARGV)
if redis.call('HSETNX', ledger, 'state', 'new') == 0 then return 0 end
if due ~= '0' then
  redis.call('ZADD', held, due, alert)
else
  redis.call('XADD', alerts, '*', 'alert', alert)
  redis.call('HINCRBY', counters, 'alerts.in', 1)
end
return 1
