-- Prolong the leases of polls that are still under way.
--
-- KEYS  slots by when due, claims
-- ARGV  milliseconds of a lease; then for each poll its slot and epoch
-- Returns how many were still the caller's
local due, claims = unpack(KEYS)
local time = redis.call('TIME')
local ends = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1]))
local count = 0
for i = 2, #ARGV, 2 do
  local slot, epoch = ARGV[i], ARGV[i + 1]
  local claim = redis.call('HGET', claims, slot)
  if claim and string.sub(claim, 1, string.find(claim, ' ', 1, true) - 1) == epoch then
    redis.call('ZADD', due, ends, slot)
    redis.call('HSET', claims, slot, epoch .. ' ' .. ends)
    count = count + 1
  end
end
return count
