-- Move an entry to the dead letters and acknowledge it.
--
-- KEYS  stream, dead letters, counters; for an alert its ledger line
-- ARGV  group, entry, origin, reason, seconds to keep the ledger line
-- Returns 1 when it was moved, 0 when it had been acknowledged before
local stream, dead, counters, ledger = unpack(KEYS)
local group, entry, origin, reason, keep = unpack(ARGV)
if redis.call('XACK', stream, group, entry) == 0 then return 0 end
local found = redis.call('XRANGE', stream, entry, entry)[1]
local payload = found and found[2][2] or ''
redis.call('XADD', dead, '*', 'origin', origin, 'entry', entry, 'reason', reason, 'payload', payload)
redis.call('HINCRBY', counters, origin .. '.out', 1)
redis.call('HINCRBY', counters, origin .. '.dead', 1)
if ledger then
  redis.call('HSET', ledger, 'state', 'parked', 'note', reason)
  redis.call('HDEL', ledger, 'owner', 'until', 'found')
  redis.call('EXPIRE', ledger, keep)
end
return 1
