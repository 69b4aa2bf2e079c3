-- Take or keep the outbox for one deliverer, so that alerts leave in their order whoever delivers.
-- Whoever takes it over takes over what the one before had in hand, too.
--
-- KEYS  who serves, alerts stream, counters
-- ARGV  group, consumer, milliseconds to hold it (0 to give it up)
-- Returns 0 when another serves, 1 when this one went on, 2 when it took over
local server, stream, counters = unpack(KEYS)
local group, consumer, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local got = redis.call('HMGET', server, 'consumer', 'until')
if got[1] ~= consumer and now < tonumber(got[2] or 0) then return 0 end
if lease == 0 then
  if got[1] == consumer then redis.call('DEL', server) end
  return 0
end
redis.call('HSET', server, 'consumer', consumer, 'until', string.format('%.0f', now + lease))
if got[1] == consumer then return 1 end
local from = '0-0'
repeat
  local reply = redis.pcall('XAUTOCLAIM', stream, group, consumer, 0, from, 'COUNT', 1000, 'JUSTID')
  if reply.err then break end  -- nobody has read yet
  from = reply[1]
  if reply[3] and #reply[3] > 0 then  -- since Redis 7 it acknowledges trimmed entries
    redis.call('HINCRBY', counters, 'alerts.lost', #reply[3])
    redis.call('HINCRBY', counters, 'alerts.out', #reply[3])
  end
until from == '0-0'
return 2
