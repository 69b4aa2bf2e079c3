-- Queue an alert that comes from no item, unless it ever was queued.
--
-- KEYS  ledger line, alerts stream, counters
-- ARGV  the alert
-- Returns 1 when it was queued, 0 when it was before
local ledger, alerts, counters = unpack(KEYS)
if redis.call('HSETNX', ledger, 'state', 'new') == 0 then return 0 end
redis.call('XADD', alerts, '*', 'alert', ARGV[1])
redis.call('HINCRBY', counters, 'alerts.in', 1)
return 1
