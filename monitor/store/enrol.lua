-- Put slots on the schedule. One that is being polled is left alone: its poll says when it is due again.
--
-- KEYS  slots by when due, claims
-- ARGV  for each slot: the slot, milliseconds from now, 1 if that counts even if it is on the schedule already
-- Returns how many were put there or moved
local due, claims = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count = 0
for i = 1, #ARGV, 3 do
  local slot, wait, anyway = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  local claim = redis.call('HGET', claims, slot)
  local ends = claim and tonumber(string.match(claim, '%d+$')) or 0
  if ends <= now and (anyway == '1' or not redis.call('ZSCORE', due, slot)) then
    redis.call('ZADD', due, string.format('%.0f', now + wait), slot)
    count = count + 1
  end
end
return count
