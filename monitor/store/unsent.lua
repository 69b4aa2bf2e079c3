-- Give an alert back, unless the lease has passed to another meanwhile.
--
-- KEYS  ledger line
-- ARGV  the token of the claim
local got = redis.call('HMGET', KEYS[1], 'state', 'owner')
if got[1] ~= 'sending' or got[2] ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'state', 'new')
redis.call('HDEL', KEYS[1], 'owner', 'until', 'found', 'since')
return 1
