-- Record the message of an alert and acknowledge the alert.
--
-- KEYS  ledger line, alerts stream, counters
-- ARGV  group, entry, channel, ts, seconds to keep the line
local line, stream, counters = unpack(KEYS)
local group, entry, channel, ts, keep = unpack(ARGV)
-- Acknowledge first, as in commit.lua: out of memory, delivery must go on.
if redis.call('XACK', stream, group, entry) == 1 then redis.call('HINCRBY', counters, 'alerts.out', 1) end
if redis.call('HGET', line, 'state') ~= 'sent' then
  redis.call('HSET', line, 'state', 'sent', 'channel', channel, 'ts', ts)
  redis.call('HDEL', line, 'owner', 'until', 'found', 'note')
  redis.call('HINCRBY', counters, 'alerts.sent', 1)
end
redis.call('EXPIRE', line, keep)
return 1
