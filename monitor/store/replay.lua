-- Put a dead letter back into the stream it came from.
--
-- KEYS  dead letters, stream, counters; for an alert its ledger line
-- ARGV  dead letter, origin, name of the stream's field
-- Returns its new id; nothing when the dead letter is gone; "" when its alert has been sent meanwhile
local dead, stream, counters, ledger = unpack(KEYS)
local letter = redis.call('XRANGE', dead, ARGV[1], ARGV[1])[1]
if not letter then return false end
redis.call('XDEL', dead, ARGV[1])
redis.call('HINCRBY', counters, ARGV[2] .. '.replayed', 1)
if ledger then
  if redis.call('HGET', ledger, 'state') == 'sent' then return '' end
  redis.call('DEL', ledger)
  redis.call('HSET', ledger, 'state', 'new')
end
local payload
for i = 1, #letter[2], 2 do
  if letter[2][i] == 'payload' then payload = letter[2][i + 1] end
end
redis.call('HINCRBY', counters, ARGV[2] .. '.in', 1)
return redis.call('XADD', stream, '*', ARGV[3], payload)
